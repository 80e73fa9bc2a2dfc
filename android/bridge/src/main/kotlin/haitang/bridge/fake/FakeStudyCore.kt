package haitang.bridge.fake

import haitang.bridge.StudyCore

/** Made up. */
class FakeStudyCore : StudyCore
