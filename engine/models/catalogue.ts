/**
 * The speech models that Vigie knows by name. Files, sizes and SHA-256 digests are those that Hugging Face publishes for
 * ggerganov/whisper.cpp and ggml-org/parakeet-GGUF (Git LFS pointers); a digest stands here only where two independent lists of those
 * pointers agree.
 */
export type CatalogueModel = {
  /** File name without `ggml-` and `.bin`. */
  id: string;
  sizeBytes: number;
  /** SHA-256, hex. */
  digest: string;
  /** Width of the encoder, from which the memory need is told. */
  width: number;
  /** Where the file lies when it is not beside the others. */
  address?: string;
};

/** Where the files lie: `<address>/ggml-<id>.bin`. */
export const publishedAddress = 'https://huggingface.co/ggerganov/whisper.cpp/resolve/main';

/** NVIDIA's Parakeet TDT 0.6B v3 (CC BY 4.0, 25 European languages) as whisper.cpp reads it, in the revision of the digests below. */
const parakeetAddress =
  'https://huggingface.co/ggml-org/parakeet-GGUF/resolve/35156454d1a39de06863303dd209fd2bed6ee079';

/** What a laptop takes when nobody chose. */
export const recommendedModel = 'small';

/** From small to large. Multilingual ones only: the users' lives are in French first. */
export const catalogue: readonly CatalogueModel[] = [
  model('tiny-q5_1', 32_152_673, '818710568da3ca15689e31a743197b520007872ff9576237bda97bd1b469c3d7', 384),
  model('tiny-q8_0', 43_537_433, 'c2085835d3f50733e2ff6e4b41ae8a2b8d8110461e18821b09a15c40c42d1cca', 384),
  model('tiny', 77_691_713, 'be07e048e1e599ad46341c8d2a135645097a538221678b7acdd1b1919c6e1b21', 384),
  model('base-q5_1', 59_707_625, '422f1ae452ade6f30a004d7e5c6a43195e4433bc370bf23fac9cc591f01a8898', 512),
  model('base-q8_0', 81_768_585, 'c577b9a86e7e048a0b7eada054f4dd79a56bbfa911fbdacf900ac5b567cbb7d9', 512),
  model('base', 147_951_465, '60ed5bc3dd14eea856493d334349b405782ddcaf0028d4b5df4088345fba2efe', 512),
  model('small-q5_1', 190_085_487, 'ae85e4a935d7a567bd102fe55afc16bb595bdb618e11b2fc7591bc08120411bb', 768),
  model('small-q8_0', 264_464_607, '49c8fb02b65e6049d5fa6c04f81f53b867b5ec9540406812c643f177317f779f', 768),
  model('small', 487_601_967, '1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b', 768),
  model('medium-q5_0', 539_212_467, '19fea4b380c3a618ec4723c3eef2eb785ffba0d0538cf43f8f235e7b3b34220f', 1024),
  model('medium-q8_0', 823_369_779, '42a1ffcbe4167d224232443396968db4d02d4e8e87e213d3ee2e03095dea6502', 1024),
  model('medium', 1_533_763_059, '6c14d5adee5f86394037b4e4e8b59f1673b6cee10e3cf0b11bbdbee79c156208', 1024),
  model('large-v3-turbo-q5_0', 574_041_195, '394221709cd5ad1f40c46e6031ca61bce88931e6e088c188294c6d5a55ffa7e2', 1280),
  model('large-v3-turbo-q8_0', 874_188_075, '317eb69c11673c9de1e1f0d459b253999804ec71ac4c23c17ecf5fbe24e259a1', 1280),
  model('large-v3-turbo', 1_624_555_275, '1fc70f774d38eb169993ac391eea357ef47c88757ef72ee5943879b7e8e2bc69', 1280),
  model('large-v3-q5_0', 1_081_140_203, 'd75795ecff3f83b5faa89d1900604ad8c780abd5739fae406de19f23ecd98ad1', 1280),
  model('large-v3', 3_095_033_483, '64d182b440b98d5203c4f9bd541544d84c605196c4f7b845dfa11fb23594d1e2', 1280),
  parakeet('q8_0', 668_757_119, '4d64e9e96c2792186d072fde0034df0ad670cf680a2f53069052ead827fd600e'),
  parakeet('f16', 1_255_897_319, '833bffc9513b2cae867ee9e51633cfd11e4d51aaa5597c8ac02159385a2b426f'),
];

export function fileNameOf(id: string): string {
  return `ggml-${id}.bin`;
}

function model(id: string, sizeBytes: number, digest: string, width: number): CatalogueModel {
  return { id, sizeBytes, digest, width };
}

function parakeet(type: string, sizeBytes: number, digest: string): CatalogueModel {
  return { id: `parakeet-tdt-0.6b-v3-${type}`, sizeBytes, digest, width: 1024, address: parakeetAddress };
}
