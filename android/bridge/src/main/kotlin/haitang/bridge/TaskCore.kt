package haitang.bridge

/** Grid work: tasks, households, shifts and routines. */
interface TaskCore

internal class PhoneTaskCore(
    private val caller: Caller,
) : TaskCore
