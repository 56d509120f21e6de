import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { plainLock, sleepingLock } from "./lock.ts";
import { maySleep, restoreIrq, saveIrq } from "./operations.ts";
import { adverse, fallible, locking, ordinary, outcomes, row, trying, unlocking } from "./row.ts";

const PCM = "sound/core/pcm_native.c";
const PCM_HEADER = "include/sound/pcm.h";
const SOC = "include/sound/soc.h";
const CARD = "include/sound/soc-card.h";
const CONTROLS = "include/media/v4l2-ctrls.h";
const SUBDEV = "include/media/v4l2-subdev.h";
const RESV = "include/linux/dma-resv.h";
const MODESET = "drivers/gpu/drm/drm_modeset_lock.c";
const AUTH = "drivers/gpu/drm/drm_auth.c";
const FB = "include/linux/fb.h";

/** A mutex where the stream is not atomic, and a spinlock where it is: what may sleep under it, the card's driver knows. */
const stream = plainLock("pcm-stream");
const passing: Operation = {
  kind: "acquire-release",
  depth: 1,
  object: "pcm-stream",
  mode: "exclusive",
  operand: 0,
};
const dapm = sleepingLock("mutex", { path: "->dapm_mutex" });
const pcm = sleepingLock("mutex", { path: "->pcm_mutex" });
const card = sleepingLock("mutex", { path: "->mutex" });

const soundRows: readonly Primitive[] = [
  locking("snd_pcm_stream_lock", PCM, stream),
  locking("snd_pcm_stream_lock_irq", PCM, stream),
  locking("snd_pcm_stream_lock_irqsave", PCM_HEADER, stream, ...saveIrq(1)),
  locking("snd_pcm_stream_lock_irqsave_nested", PCM_HEADER, stream, ...saveIrq(1)),
  unlocking("snd_pcm_stream_unlock", PCM, stream),
  unlocking("snd_pcm_stream_unlock_irq", PCM, stream),
  unlocking("snd_pcm_stream_unlock_irqrestore", PCM, stream, ...restoreIrq(1)),
  row("snd_pcm_period_elapsed", "sound/core/pcm_lib.c", [passing]),
  row("snd_pcm_stop_xrun", PCM, [passing], "any"),
  locking("snd_soc_dapm_mutex_lock", SOC, dapm),
  locking("snd_soc_dapm_mutex_lock_root", SOC, dapm),
  unlocking("snd_soc_dapm_mutex_unlock", SOC, dapm),
  locking("snd_soc_dpcm_mutex_lock", SOC, pcm),
  unlocking("snd_soc_dpcm_mutex_unlock", SOC, pcm),
  locking("snd_soc_card_mutex_lock", CARD, card),
  locking("snd_soc_card_mutex_lock_root", CARD, card),
  unlocking("snd_soc_card_mutex_unlock", CARD, card),
];

const control = sleepingLock("mutex", { path: "->handler->lock" });
const state = sleepingLock("mutex", { path: "->lock" });
const active = sleepingLock("mutex", { path: "->lock", operand: "result" });

const videoRows: readonly Primitive[] = [
  locking("v4l2_ctrl_lock", CONTROLS, control),
  unlocking("v4l2_ctrl_unlock", CONTROLS, control),
  locking("v4l2_subdev_lock_state", SUBDEV, state),
  unlocking("v4l2_subdev_unlock_state", SUBDEV, state),
  locking("v4l2_subdev_lock_and_get_active_state", SUBDEV, active),
  locking("lock_fb_info", FB, state),
  unlocking("unlock_fb_info", FB, state),
];

const reserved = sleepingLock("ww-mutex", { path: "->lock" });
const allModesets = sleepingLock("mutex", { path: "->mode_config.mutex" });
const master = sleepingLock("mutex", { path: "->master_mutex" });

const displayRows: readonly Primitive[] = [
  outcomes("dma_resv_lock", RESV, ordinary("locked", "zero", [maySleep, ...reserved.take]), {
    ...adverse("wounded", "negative", [maySleep]),
    heeded: true,
  }),
  fallible("dma_resv_lock_interruptible", RESV, reserved),
  locking("dma_resv_lock_slow", RESV, reserved),
  fallible("dma_resv_lock_slow_interruptible", RESV, reserved),
  trying("dma_resv_trylock", RESV, reserved),
  unlocking("dma_resv_unlock", RESV, reserved),
  locking("drm_modeset_lock_all", MODESET, allModesets),
  unlocking("drm_modeset_unlock_all", MODESET, allModesets),
  trying("drm_master_internal_acquire", AUTH, master),
  unlocking("drm_master_internal_release", AUTH, master),
];

/** Calls by which streams, controls, buffers and displays are locked for drivers. */
export const mediaLockRows: readonly Primitive[] = [...soundRows, ...videoRows, ...displayRows];
