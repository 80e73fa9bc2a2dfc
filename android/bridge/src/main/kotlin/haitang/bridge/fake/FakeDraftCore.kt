package haitang.bridge.fake

import haitang.bridge.DraftCore

/** Made up. */
class FakeDraftCore : DraftCore
