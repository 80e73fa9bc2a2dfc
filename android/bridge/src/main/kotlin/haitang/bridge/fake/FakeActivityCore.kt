package haitang.bridge.fake

import haitang.bridge.ActivityCore

/** Made up. */
class FakeActivityCore : ActivityCore
