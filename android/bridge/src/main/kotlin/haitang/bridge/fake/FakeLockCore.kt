package haitang.bridge.fake

import haitang.bridge.LockCore

/** Made up. */
class FakeLockCore : LockCore
