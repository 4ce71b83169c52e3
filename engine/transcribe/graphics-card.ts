/** Whether this machine seems to have a graphics card worth asking for, found out without starting anything. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** `key` changes when the card or its driver does, so that an old finding is not held against a new driver. */
export type GraphicsCard = { name: string; key: string };

/** The places looked at, so that tests can lay them out. */
export type Machine = { platform: NodeJS.Platform; root: string };

/** PCI vendors whose cards the speech libraries can use; virtual displays are not among them. */
const vendors = new Map([
  ['0x10de', 'NVIDIA'],
  ['0x1002', 'AMD'],
  ['0x8086', 'Intel'],
]);

/**
 * Linux: the NVIDIA driver's own files, then the render nodes of known makers. macOS: every Mac of the last decade has Metal.
 * Windows: the driver libraries that a card's driver installs. Takes about a millisecond; null where there is no sign of a card.
 */
export function findGraphicsCard(machine: Machine = { platform: process.platform, root: '/' }): GraphicsCard | null {
  if (machine.platform === 'darwin') return { name: 'Metal', key: 'metal' };
  if (machine.platform === 'win32') return windowsCard(process.env.SystemRoot ?? 'C:\\Windows');
  return nvidiaCard(machine.root) ?? renderNode(machine.root);
}

function nvidiaCard(root: string): GraphicsCard | null {
  const driver = textOf(path.join(root, 'proc/driver/nvidia/version'));
  if (driver === null) return null;
  const cards = path.join(root, 'proc/driver/nvidia/gpus');
  const [first] = namesIn(cards);
  const model = first && /^Model:\s*(.+)$/m.exec(textOf(path.join(cards, first, 'information')) ?? '')?.[1];
  // A container without a card of its own still sees the driver's version.
  if (!model && namesIn(path.join(root, 'dev')).every((name) => !/^nvidia\d+$/.test(name))) return null;
  const name = model ?? 'NVIDIA';
  return { name, key: `${name} ${driver.split('\n')[0]}` };
}

function renderNode(root: string): GraphicsCard | null {
  for (const node of namesIn(path.join(root, 'dev/dri')).filter((name) => name.startsWith('renderD'))) {
    const device = path.join(root, 'sys/class/drm', node, 'device');
    const vendor = textOf(path.join(device, 'vendor'))?.trim() ?? '';
    const maker = vendors.get(vendor);
    if (maker) return { name: maker, key: `${vendor}:${textOf(path.join(device, 'device'))?.trim() ?? ''}` };
  }
  return null;
}

function windowsCard(windows: string): GraphicsCard | null {
  const has = (library: string) => existsSync(path.win32.join(windows, 'System32', library));
  if (has('nvcuda.dll')) return { name: 'NVIDIA', key: 'nvcuda' };
  return has('vulkan-1.dll') ? { name: 'Vulkan', key: 'vulkan' } : null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/** What is not there, or not ours to read, is no card. */
function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ENODEV'].includes((error as NodeJS.ErrnoException).code ?? '');
}
