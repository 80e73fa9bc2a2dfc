package haitang.app

import android.app.Application

/** The process. */
class HaitangApplication : Application()
