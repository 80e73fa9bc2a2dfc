package haitang.bridge

/** What the first screen shows. */
interface TodayCore

internal class PhoneTodayCore(
    private val caller: Caller,
) : TodayCore
