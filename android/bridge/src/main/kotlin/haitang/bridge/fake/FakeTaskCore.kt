package haitang.bridge.fake

import haitang.bridge.TaskCore

/** Made up. */
class FakeTaskCore : TaskCore
