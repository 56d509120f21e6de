import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Settings that name a program, each with how it names one; `COMMANDS` may be aliases and have pagers. */
const PROGRAMS = `
filter.ev.clean filter.ev.smudge filter.ev.process diff.ev.textconv diff.ev.command diff.external
interactive.diffFilter core.fsmonitor core.pager core.editor core.sshCommand core.gitProxy core.askPass
core.alternateRefsCommand gpg.program gpg.ssh.program gpg.x509.program gpg.openpgp.program gpg.ssh.defaultKeyCommand
remote.origin.uploadpack remote.origin.receivepack remote.origin.vcs remote.origin.proxy uploadpack.packObjectsHook
merge.ev.driver mergetool.ev.cmd difftool.ev.cmd trailer.ev.command trailer.ev.cmd sequence.editor browser.ev.cmd
man.ev.cmd guitool.ev.cmd imap.tunnel tar.ev.command gc.recentObjectsHook sendemail.smtpServer sendemail.toCmd
`
  .trim()
  .split(/\s+/);
const COMMANDS =
  "apply cat-file config diff diff-index diff-tree grep ls-files ls-tree rev-list rev-parse".split(" ");

/** Settings that switch programs on, or change what git prints or compares. */
const SETTINGS = `
filter.ev.required=true log.showSignature=true merge.tool=ev diff.tool=ev help.browser=ev web.browser=ev man.viewer=ev
remote.origin.promisor=true remote.origin.partialclonefilter=blob:none extensions.partialClone=origin
core.repositoryFormatVersion=1 protocol.allow=always protocol.ext.allow=always protocol.file.allow=always
core.attributesFile=ATTRIBUTES core.excludesFile=ATTRIBUTES core.bare=true core.worktree=/nonexistent
color.ui=always color.diff=always color.grep=always diff.noprefix=true diff.mnemonicPrefix=true diff.renames=copies
diff.context=0 diff.interHunkContext=99 diff.orderFile=/nonexistent diff.suppressBlankEmpty=true diff.relative=true
diff.ignoreSubmodules=none diff.submodule=log diff.wsErrorHighlight=all diff.ev.binary=true diff.algorithm=minimal
grep.lineNumber=true grep.column=true grep.fullName=true grep.patternType=perl grep.threads=3 grep.fallbackToNoIndex=true
log.date=relative log.follow=true log.decorate=full log.mailmap=true format.pretty=oneline i18n.logOutputEncoding=UTF-16
core.quotePath=false core.abbrev=4 core.ignoreCase=true core.autocrlf=true core.eol=crlf core.safecrlf=true
core.fileMode=false core.trustctime=false core.checkStat=minimal core.untrackedCache=true core.commitGraph=true
core.precomposeUnicode=true core.notesRef=refs/notes/x status.showUntrackedFiles=no submodule.recurse=true
apply.whitespace=error apply.ignoreWhitespace=change index.sparse=true core.sparseCheckout=true blame.ignoreRevsFile=/x
`
  .trim()
  .split(/\s+/);

const HOOKS = "post-index-change post-checkout pre-commit reference-transaction fsmonitor-watchman".split(
  " ",
);

export interface Evil {
  /** A folder beside the tree. */
  readonly folder: string;
  /** Notes that it was run, and with what, in the file `mark`. */
  readonly program: string;
  readonly mark: string;
}

export function makeEvil(folder: string): Evil {
  const [program, mark] = [join(folder, "evil.sh"), join(folder, "mark")];
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${mark}'\nexec cat\n`);
  chmodSync(program, 0o755);
  return { folder, program, mark };
}

/** A configuration in which all that can name a program names the evil one. */
export function hostileConfiguration({ folder, program }: Evil): string {
  const hooks = join(folder, "hooks");
  const attributes = join(folder, "attributes");
  mkdirSync(hooks, { recursive: true });
  for (const name of HOOKS) {
    writeFileSync(join(hooks, name), `#!/bin/sh\nexec ${program} hook\n`);
    chmodSync(join(hooks, name), 0o755);
  }
  writeFileSync(attributes, hostileAttributes);
  writeFileSync(join(folder, "included"), settingText("core.fsmonitor", program));
  const pairs = [
    ...PROGRAMS.map((key) => [key, program]),
    ...COMMANDS.flatMap((name) => [
      [`alias.${name}`, `!${program}`],
      [`pager.${name}`, program],
    ]),
    ...SETTINGS.map((each) => each.replace("ATTRIBUTES", attributes).split("=")),
    ["core.hooksPath", hooks],
    ["credential.helper", `!${program}`],
    ["remote.origin.url", `ext::${program}`],
    ["fetch.bundleURI", `file://${folder}/bundle`],
    ["submodule.sub.update", `!${program}`],
    ["init.templateDir", folder],
    ["include.path", join(folder, "included")],
    ["includeIf.gitdir:/**.path", join(folder, "included")],
  ];
  return pairs.map(([key = "", value = ""]) => settingText(key, value)).join("");
}

/** All files go through the evil driver, and some attributes would hide what they are. */
export const hostileAttributes = "* filter=ev diff=ev merge=ev ident\n*.c -diff\n";

function settingText(key: string, value: string): string {
  const [, section = "", name, setting] = /^(\w+)\.(?:(.*)\.)?([\w-]+)$/.exec(key) ?? [];
  return `[${section}${name === undefined ? "" : ` "${name}"`}]\n\t${setting} = "${value}"\n`;
}

/** Variables that name programs, other repositories, or other output. */
export function hostileEnvironment({ folder, program, mark }: Evil): Readonly<Record<string, string>> {
  const configuration = join(folder, "gitconfig");
  writeFileSync(configuration, hostileConfiguration({ folder, program, mark }));
  writeFileSync(join(folder, ".gitconfig"), hostileConfiguration({ folder, program, mark }));
  const named = (names: string, value: string) =>
    Object.fromEntries(names.split(" ").map((name) => [name, value]));
  return {
    ...named(
      "GIT_EXTERNAL_DIFF GIT_PAGER PAGER GIT_EDITOR EDITOR VISUAL GIT_SEQUENCE_EDITOR GIT_SSH",
      program,
    ),
    ...named("GIT_SSH_COMMAND GIT_ASKPASS SSH_ASKPASS GIT_PROXY_COMMAND", program),
    ...named("GIT_DIR GIT_COMMON_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY", "/nonexistent"),
    ...named(
      "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_SHALLOW_FILE GIT_GRAFT_FILE GIT_NAMESPACE",
      "/nonexistent",
    ),
    ...named("GIT_TRACE GIT_TRACE_SETUP GIT_TRACE2 GIT_TRACE2_EVENT", mark),
    ...named("GIT_LITERAL_PATHSPECS GIT_ICASE_PATHSPECS POSIXLY_CORRECT", "1"),
    ...named("HOME XDG_CONFIG_HOME GIT_EXEC_PATH GIT_TEMPLATE_DIR", folder),
    ...named("GIT_CONFIG GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM", configuration),
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.fsmonitor",
    GIT_CONFIG_VALUE_0: program,
    GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${program}'`,
    GIT_DIFF_OPTS: "-u0",
    GIT_DEFAULT_HASH: "sha256",
    GREP_OPTIONS: "--color=always",
    GREP_COLOR: "1",
    LC_ALL: "tr_TR.UTF-8",
    PATH: `.::bin:${process.env["PATH"]}`,
  };
}
