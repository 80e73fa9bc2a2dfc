package haitang.bridge

/** What is being typed, kept at every keystroke. */
interface DraftCore

internal class PhoneDraftCore(
    private val caller: Caller,
) : DraftCore
