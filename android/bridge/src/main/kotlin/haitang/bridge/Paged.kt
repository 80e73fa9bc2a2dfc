package haitang.bridge

/**
 * As much of a long list as was asked for.
 *
 * @param more whether there may be more behind it
 */
data class Paged<T>(
    val items: List<T>,
    val more: Boolean,
)

/** The first [pages] pages, each read by [page] from after the id of the last item before; all anew, so that they fit together. */
internal inline fun <T> readPages(
    pages: Int,
    id: (T) -> String,
    page: (after: String?) -> List<T>,
): Paged<T> {
    val items = mutableListOf<T>()
    repeat(pages) {
        val next = page(items.lastOrNull()?.let(id))
        items += next
        if (next.size < PAGE) return Paged(items, more = false)
    }
    return Paged(items, more = true)
}

/** What the core gives at once. */
const val PAGE = 50
