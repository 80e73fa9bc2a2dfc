package haitang.platform

import android.content.Context
import android.content.SharedPreferences
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The language of the app. */
enum class Language(
    val tag: String?,
) {
    System(null),
    Chinese("zh-CN"),
    English("en"),
}

/** When the app is dark. */
enum class Darkness(
    val dark: Boolean?,
) {
    System(null),
    Light(false),
    Dark(true),
}

/**
 * How this person wants the app to be. Nothing here is secret, and nothing of it leaves the phone.
 *
 * @param textPercent 100 to 200, on top of the system's own text size
 * @param dataSaver photos and recordings go by Wi-Fi alone
 * @param biometrics a finger or a face may stand in for the PIN
 * @param notificationsAsked the system's question was put once; it is not put again unasked
 */
data class Preferred(
    val language: Language = Language.System,
    val elder: Boolean = false,
    val textPercent: Int = 100,
    val darkness: Darkness = Darkness.System,
    val dataSaver: Boolean = false,
    val biometrics: Boolean = false,
    val notificationsAsked: Boolean = false,
)

/** Keeps [Preferred] on this phone, whoever it belongs to. */
class Preferences(
    private val kept: SharedPreferences,
) {
    constructor(context: Context) : this(context.getSharedPreferences("preferences", Context.MODE_PRIVATE))

    private val current = MutableStateFlow(read())

    /** As it is, and whenever it changes. */
    val preferred: StateFlow<Preferred> = current.asStateFlow()

    /** Changes it. */
    @Synchronized
    fun change(how: (Preferred) -> Preferred) {
        val now = how(current.value).let { it.copy(textPercent = it.textPercent.coerceIn(TEXT_PERCENT)) }
        kept
            .edit()
            .putString("language", now.language.name)
            .putBoolean("elder", now.elder)
            .putInt("text_percent", now.textPercent)
            .putString("darkness", now.darkness.name)
            .putBoolean("data_saver", now.dataSaver)
            .putBoolean("biometrics", now.biometrics)
            .putBoolean("notifications_asked", now.notificationsAsked)
            .apply()
        current.value = now
    }

    private fun read(): Preferred {
        val plain = Preferred()
        return Preferred(
            language = Language.entries.firstOrNull { it.name == kept.getString("language", null) } ?: plain.language,
            elder = kept.getBoolean("elder", plain.elder),
            textPercent = kept.getInt("text_percent", plain.textPercent).coerceIn(TEXT_PERCENT),
            darkness = Darkness.entries.firstOrNull { it.name == kept.getString("darkness", null) } ?: plain.darkness,
            dataSaver = kept.getBoolean("data_saver", plain.dataSaver),
            biometrics = kept.getBoolean("biometrics", plain.biometrics),
            notificationsAsked = kept.getBoolean("notifications_asked", plain.notificationsAsked),
        )
    }

    companion object {
        /** The text sizes that may be chosen, in percent. */
        val TEXT_PERCENT = 100..200
    }
}
