package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.Rating
import uniffi.haitang.Review
import uniffi.haitang.ReviewItem
import uniffi.haitang.StudyItem
import uniffi.haitang.StudyPage

/** Study pushes and spaced review. */
interface StudyCore {
    /** What is offered now, with how far the holder has come. */
    fun studies(): Flow<Loaded<List<StudyItem>>>

    /** One of them, to be read. */
    fun study(id: String): Flow<Loaded<StudyPage>>

    /** What should be remembered now. */
    fun reviews(): Flow<Loaded<List<ReviewItem>>>

    /** Notes that a section, counted from 0, was read. @throws CoreFailure */
    suspend fun readSection(
        study: String,
        section: Int,
    )

    /** Notes how well an item was remembered, and says when it comes next. @throws CoreFailure */
    suspend fun rate(
        item: ReviewItem,
        rating: Rating,
    ): Review
}

internal class PhoneStudyCore(
    private val caller: Caller,
) : StudyCore {
    override fun studies() = caller.live { studies() }

    override fun study(id: String) = caller.live { study(id) }

    override fun reviews() = caller.live { reviewsDue() }

    override suspend fun readSection(
        study: String,
        section: Int,
    ) {
        caller.call { readSection(study, section.toUShort()) }
    }

    override suspend fun rate(
        item: ReviewItem,
        rating: Rating,
    ) = caller.call { rateItem(item.study, item.item, rating) }
}
