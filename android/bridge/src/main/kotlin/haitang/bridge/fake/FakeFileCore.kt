package haitang.bridge.fake

import haitang.bridge.FileCore

/** Made up. */
class FakeFileCore : FileCore
