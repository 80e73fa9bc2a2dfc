package haitang.bridge

/** Study pushes and spaced review. */
interface StudyCore

internal class PhoneStudyCore(
    private val caller: Caller,
) : StudyCore
