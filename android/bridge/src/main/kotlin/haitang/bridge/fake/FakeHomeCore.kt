package haitang.bridge.fake

import haitang.bridge.TodayCore

/** Made up. */
class FakeTodayCore : TodayCore
