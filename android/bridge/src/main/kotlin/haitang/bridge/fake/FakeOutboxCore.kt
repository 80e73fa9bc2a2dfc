package haitang.bridge.fake

import haitang.bridge.OutboxCore

/** Made up. */
class FakeOutboxCore : OutboxCore
