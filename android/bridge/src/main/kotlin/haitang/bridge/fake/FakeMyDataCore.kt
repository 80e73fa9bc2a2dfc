package haitang.bridge.fake

import haitang.bridge.MyDataCore

/** Made up. */
class FakeMyDataCore : MyDataCore
