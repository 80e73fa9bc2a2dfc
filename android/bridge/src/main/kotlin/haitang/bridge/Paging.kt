package haitang.bridge

/** Lists that can be long come in pages; a screen asks for as many as it has scrolled through. */
object Paging {
    /** How many the core gives at once. */
    const val SIZE = 50

    /** Reads [pages] pages, one after the other, until there is no more. */
    internal inline fun <T> read(
        pages: Int,
        idOf: (T) -> String,
        page: (after: String?) -> List<T>,
    ): List<T> {
        val all = mutableListOf<T>()
        repeat(pages) {
            val more = page(all.lastOrNull()?.let(idOf))
            all += more
            if (more.size < SIZE) return all
        }
        return all
    }
}
