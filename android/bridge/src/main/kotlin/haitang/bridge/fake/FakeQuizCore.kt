package haitang.bridge.fake

import haitang.bridge.QuizCore

/** Made up. */
class FakeQuizCore : QuizCore
