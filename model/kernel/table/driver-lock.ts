import type { Primitive } from "../primitive.ts";
import { sharedLock, sleepingLock, spinningLock } from "./lock.ts";
import { enter, leave, maySleep, restoreIrq, saveIrq } from "./operations.ts";
import { adverse, arguing, fallible, locking, ordinary, outcomes, row, trying, unlocking } from "./row.ts";
import { formsBut, spinCalls } from "./spin-calls.ts";

const I2C = "include/linux/i2c.h";
const SPI = "drivers/spi/spi.c";
const PCI = "drivers/pci/pci.c";
const PROBE = "drivers/pci/probe.c";
const USB = "include/linux/usb.h";
const TTY = "drivers/tty/tty_mutex.c";
const BUFFER = "drivers/tty/tty_buffer.c";
const UART = "include/linux/serial_core.h";
const SERIO = "include/linux/serio.h";
const IRQ = "include/linux/irq.h";
const MSI = "kernel/irq/msi.c";
const MMC = "drivers/mmc/core/core.c";
const TPM = "drivers/char/tpm/tpm-chip.c";
const PHY = "include/linux/phy.h";
const IDLE = "drivers/cpuidle/cpuidle.c";
const BLOCK = "block/blk-settings.c";

const bus = sleepingLock("mutex", { path: "->bus_lock" });
const spiBus = sleepingLock("mutex", { path: "->bus_lock_mutex" });
const device = sleepingLock("mutex", { path: "->dev" });
const rescan = sleepingLock("mutex", { global: "pci_rescan_remove_lock" });
const tty = sleepingLock("mutex", { path: "->legacy_mutex" });
const buffer = sleepingLock("mutex", { path: "->buf.lock" });
const descriptors = sleepingLock("mutex", { path: "->msi.data->mutex" });
const card = sleepingLock("mmc-host", { path: "->host" });
const tpm = sharedLock(sleepingLock, "rwsem", { path: "->ops_sem" });
const command = sleepingLock("mutex", { path: "->tpm_mutex" });
const mdio = sleepingLock("mutex", { path: "->mdio.bus->mdio_lock" });
const idle = sleepingLock("mutex", { global: "cpuidle_lock" });
const limits = sleepingLock("mutex", { path: "->limits_lock" });

const sleepingRows: readonly Primitive[] = [
  locking("i2c_lock_bus", I2C, bus),
  trying("i2c_trylock_bus", I2C, bus),
  unlocking("i2c_unlock_bus", I2C, bus),
  row("spi_bus_lock", SPI, [maySleep, ...spiBus.take], "zero"),
  row("spi_bus_unlock", SPI, spiBus.drop, "zero"),
  locking("pci_dev_lock", PCI, device),
  trying("pci_dev_trylock", PCI, device),
  unlocking("pci_dev_unlock", PCI, device),
  locking("pci_lock_rescan_remove", PROBE, rescan),
  unlocking("pci_unlock_rescan_remove", PROBE, rescan),
  locking("usb_lock_device", USB, device),
  trying("usb_trylock_device", USB, device),
  unlocking("usb_unlock_device", USB, device),
  fallible("usb_lock_device_for_reset", "drivers/usb/core/usb.c", device),
  locking("tty_lock", TTY, tty),
  fallible("tty_lock_interruptible", TTY, tty),
  unlocking("tty_unlock", TTY, tty),
  locking("tty_buffer_lock_exclusive", BUFFER, buffer),
  unlocking("tty_buffer_unlock_exclusive", BUFFER, buffer),
  locking("msi_lock_descs", MSI, descriptors),
  unlocking("msi_unlock_descs", MSI, descriptors),
  ...arguing("it claims the host by a call that sleeps until it may", locking("mmc_get_card", MMC, card)),
  unlocking("mmc_put_card", MMC, card),
  outcomes(
    "tpm_try_get_ops",
    TPM,
    ordinary("locked", "zero", [maySleep, ...tpm.read.take, ...command.take]),
    adverse("gone", "negative", [maySleep]),
  ),
  unlocking("tpm_put_ops", TPM, tpm.read, ...command.drop),
  locking("phy_lock_mdio_bus", PHY, mdio),
  unlocking("phy_unlock_mdio_bus", PHY, mdio),
  locking("cpuidle_pause_and_lock", IDLE, idle),
  unlocking("cpuidle_resume_and_unlock", IDLE, idle),
  row("queue_limits_start_update", "include/linux/blkdev.h", [maySleep, ...limits.take], "any"),
  row("queue_limits_commit_update", BLOCK, limits.drop, "any"),
  row("queue_limits_commit_update_frozen", BLOCK, limits.drop, "any"),
  unlocking("queue_limits_cancel_update", "include/linux/blkdev.h", limits),
];

const port = spinningLock("spinlock", { path: "->lock" });

const spinningRows: readonly Primitive[] = [
  ...spinCalls({
    ...{ lock: "uart_port_lock", unlock: "uart_port_unlock", source: UART, on: port },
    forms: formsBut("_bh"),
  }),
  trying("uart_port_trylock", UART, port),
  trying("uart_port_trylock_irqsave", UART, port, ...saveIrq(1)),
  unlocking("uart_unlock_and_check_sysrq", UART, port),
  unlocking("uart_unlock_and_check_sysrq_irqrestore", UART, port, ...restoreIrq(1)),
  locking("serio_pause_rx", SERIO, port, enter("irq")),
  unlocking("serio_continue_rx", SERIO, port, leave("irq")),
  locking("irq_gc_lock", IRQ, port),
  unlocking("irq_gc_unlock", IRQ, port),
  /** It is taken where this was the last reference. */
  outcomes(
    "lockref_put_or_lock",
    "lib/lockref.c",
    ordinary("put", "positive", []),
    adverse("last", "zero", port.take),
  ),
];

/** Calls by which buses and devices are locked for drivers. */
export const driverLockRows: readonly Primitive[] = [...sleepingRows, ...spinningRows];
