package haitang.bridge

/** The core of one opened phone, feature by feature. Screens know this and nothing behind it; previews and tests give a fake. */
interface Core {
    /** What the first screen shows. */
    val today: TodayCore
}
