package haitang.bridge.fake

import haitang.bridge.DirectoryCore

/** Made up. */
class FakeDirectoryCore : DirectoryCore
