package haitang.bridge.fake

import haitang.bridge.SyncCore

/** Made up. */
class FakeSyncCore : SyncCore
