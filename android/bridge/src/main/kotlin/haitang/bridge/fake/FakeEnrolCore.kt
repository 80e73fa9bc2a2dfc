package haitang.bridge.fake

import haitang.bridge.EnrolCore

/** Made up. */
class FakeEnrolCore : EnrolCore
