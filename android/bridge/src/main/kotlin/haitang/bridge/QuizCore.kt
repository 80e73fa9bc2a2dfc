package haitang.bridge

/** Quizzes and contests. */
interface QuizCore

internal class PhoneQuizCore(
    private val caller: Caller,
) : QuizCore
