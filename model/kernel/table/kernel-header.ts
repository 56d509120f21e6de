/** The folders of the kernel's include: what is included from there, the table knows. */
const FOLDERS: ReadonlySet<string> = new Set(
  (
    "linux asm asm-generic uapi acpi clocksource crypto cxl drm dt-bindings keys kunit kvm math-emu media memory misc " +
    "net pcmcia ras rdma rv scsi soc sound target trace ufs vdso video xen generated"
  ).split(" "),
);

/** Whether a name between `<` and `>` is that of a header of the kernel itself. */
export const isKernelHeader = (name: string): boolean => FOLDERS.has(name.slice(0, name.indexOf("/")));
