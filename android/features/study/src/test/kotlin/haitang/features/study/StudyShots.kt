package haitang.features.study

import androidx.compose.runtime.Composable
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeStudyCore
import haitang.design.Content
import haitang.design.content
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking

/** The screens of studies, to be looked at. */
val studyShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "studies" to { ListShot(StudyListState(now(FakeStudyCore().studies()), 2)) },
        "studies-empty" to { ListShot(StudyListState(Content.Ready(emptyList()))) },
        "studies-failed" to { ListShot(StudyListState(Content.Failed(Failure(FailureKind.Corrupt, "corrupt")))) },
        "study-reader" to { ReaderShot(0) },
        "study-read" to { ReaderShot(9) },
        "study-review" to { ReviewShot(ReviewState(now(FakeStudyCore().reviews()))) },
        "study-review-answer" to { ReviewShot(ReviewState(now(FakeStudyCore().reviews()), shown = true)) },
        "study-review-nothing" to { ReviewShot(ReviewState(Content.Ready(emptyList()))) },
    )

@Composable
private fun ListShot(state: StudyListState) = StudyListScreen(state, {}, {}, {})

@Composable
private fun ReaderShot(section: Int) = ReaderScreen(ReaderState(now(FakeStudyCore().study("s1")), section), {}, {}, {}, {}, {}, {})

@Composable
private fun ReviewShot(state: ReviewState) = ReviewScreen(state, {}, {}, {}, {})

private fun <T> now(flow: Flow<Loaded<T>>): Content<T> = runBlocking { flow.first().content() }
