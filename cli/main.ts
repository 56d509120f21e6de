#!/usr/bin/env node
import { VERSION } from "../model/tool-version.ts";
import { commands } from "./commands/index.ts";
import { dispatch } from "./dispatch.ts";
import { systemTerminal } from "./terminal.ts";

process.exitCode = await dispatch(process.argv.slice(2), commands, VERSION, systemTerminal());
