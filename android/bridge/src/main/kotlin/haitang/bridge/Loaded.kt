package haitang.bridge

/** What a live query gives: a value, or why there is none just now. A failure does not end the query. */
sealed interface Loaded<out T> {
    /** It was read. */
    data class Value<T>(
        val value: T,
    ) : Loaded<T>

    /** It could not be read; the next change tries again. */
    data class Failed(
        val failure: Failure,
    ) : Loaded<Nothing>
}

/** The value, where there is one. */
fun <T> Loaded<T>.valueOrNull(): T? = (this as? Loaded.Value)?.value

/** The same with another value. */
inline fun <T, U> Loaded<T>.map(transform: (T) -> U): Loaded<U> =
    when (this) {
        is Loaded.Value -> Loaded.Value(transform(value))
        is Loaded.Failed -> this
    }
