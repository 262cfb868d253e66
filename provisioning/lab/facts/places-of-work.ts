import type { PlaceFact } from './place.ts';

/** A place with equipment that is not a village: `code` is the site's own, `regionCode` its district. Points are rough. */
export type PlaceOfWork = PlaceFact & { readonly regionCode: string; readonly address: string };

export const DATA_CENTRE: PlaceOfWork = {
  code: 'dc-sumsel',
  name: 'Data Center Diskominfo Sumsel',
  regionCode: '16.71.11',
  address: 'Jl. Merdeka, Palembang',
  lat: -2.99052,
  lng: 104.75741,
};

export const SHELTERS: readonly PlaceOfWork[] = [
  {
    code: 'shelter-koprimart',
    name: 'Shelter Wi-Fi Koprimart (Inspektorat)',
    regionCode: '16.71.04',
    address: 'Depan Koprimart, kawasan Inspektorat, Palembang',
    lat: -2.97706,
    lng: 104.73402,
  },
  {
    code: 'shelter-jsc',
    name: 'Shelter Wi-Fi Jakabaring Sport City',
    regionCode: '16.71.17',
    address: 'Jakabaring Sport City, Palembang',
    lat: -3.02052,
    lng: 104.78905,
  },
];

/** A point of presence, and how its traffic reaches the data centre. */
export type PopFact = PlaceOfWork & {
  /** Site code of the next place on the way to the data centre. */
  readonly upstream: string;
  readonly medium: 'fibre' | 'radio';
  /** Regencies whose villages hang on it. */
  readonly serves: readonly string[];
};

/** Four PoPs and the data centre close a fibre ring; `RING` lists it in order. The others are spurs. */
export const POPS: readonly PopFact[] = [
  {
    code: 'pop-indralaya',
    name: 'PoP Indralaya',
    regionCode: '16.10.07',
    address: 'Indralaya, Ogan Ilir',
    lat: -3.21731,
    lng: 104.64865,
    upstream: 'dc-sumsel',
    medium: 'fibre',
    serves: ['16.10'],
  },
  {
    code: 'pop-prabumulih',
    name: 'PoP Prabumulih',
    regionCode: '16.74.02',
    address: 'Prabumulih Timur',
    lat: -3.43214,
    lng: 104.23511,
    upstream: 'pop-indralaya',
    medium: 'fibre',
    serves: ['16.74'],
  },
  {
    code: 'pop-baturaja',
    name: 'PoP Baturaja',
    regionCode: '16.01.14',
    address: 'Baturaja, Ogan Komering Ulu',
    lat: -4.12774,
    lng: 104.16921,
    upstream: 'pop-prabumulih',
    medium: 'fibre',
    serves: ['16.01'],
  },
  {
    code: 'pop-kayuagung',
    name: 'PoP Kayu Agung',
    regionCode: '16.02.05',
    address: 'Kayu Agung, Ogan Komering Ilir',
    lat: -3.38905,
    lng: 104.83103,
    upstream: 'dc-sumsel',
    medium: 'fibre',
    serves: ['16.02'],
  },
  {
    code: 'pop-martapura',
    name: 'PoP Martapura',
    regionCode: '16.08.01',
    address: 'Martapura, OKU Timur',
    lat: -4.31402,
    lng: 104.35215,
    upstream: 'pop-baturaja',
    medium: 'fibre',
    serves: ['16.08'],
  },
  {
    code: 'pop-muaraenim',
    name: 'PoP Muara Enim',
    regionCode: '16.03.02',
    address: 'Muara Enim',
    lat: -3.65381,
    lng: 103.77602,
    upstream: 'pop-prabumulih',
    medium: 'fibre',
    serves: ['16.03'],
  },
  {
    code: 'pop-lahat',
    name: 'PoP Lahat',
    regionCode: '16.04.10',
    address: 'Lahat',
    lat: -3.78905,
    lng: 103.54107,
    upstream: 'pop-muaraenim',
    medium: 'fibre',
    serves: ['16.04'],
  },
  {
    code: 'pop-pagaralam',
    name: 'PoP Pagar Alam',
    regionCode: '16.72.02',
    address: 'Pagar Alam',
    lat: -4.03051,
    lng: 103.2466,
    upstream: 'pop-lahat',
    medium: 'radio',
    serves: ['16.72'],
  },
  {
    code: 'pop-lubuklinggau',
    name: 'PoP Lubuk Linggau',
    regionCode: '16.73.06',
    address: 'Lubuk Linggau',
    lat: -3.29512,
    lng: 102.85703,
    upstream: 'pop-lahat',
    medium: 'fibre',
    serves: ['16.05', '16.73'],
  },
  {
    code: 'pop-pangkalanbalai',
    name: 'PoP Pangkalan Balai',
    regionCode: '16.07.03',
    address: 'Pangkalan Balai, Banyuasin',
    lat: -2.88402,
    lng: 104.38611,
    upstream: 'dc-sumsel',
    medium: 'fibre',
    serves: ['16.07'],
  },
];

/** The fibre ring by site code; its last span is the one that no upstream uses while the ring is whole. */
export const RING = ['dc-sumsel', 'pop-indralaya', 'pop-prabumulih', 'pop-baturaja', 'pop-kayuagung'] as const;

/** How a village reaches the network where that is not fibre: no pole and no fibre goes there. */
export const VILLAGE_MEDIA: Readonly<Record<string, 'radio' | 'vsat' | 'lte'>> = {
  '16.01.20.2001': 'lte',
  '16.01.28.2022': 'radio',
  '16.02.11.2001': 'vsat',
  '16.02.17.2006': 'radio',
  '16.02.20.2001': 'lte',
  '16.03.01.2011': 'lte',
  '16.03.07.2005': 'radio',
  '16.04.06.2009': 'lte',
  '16.04.19.2001': 'lte',
  '16.05.02.2002': 'vsat',
  '16.05.12.2004': 'lte',
  '16.07.02.2002': 'vsat',
  '16.07.07.2001': 'vsat',
  '16.07.12.2002': 'radio',
  '16.08.10.2008': 'lte',
  '16.10.02.2019': 'radio',
  '16.72.02.1005': 'lte',
  '16.74.04.2003': 'lte',
};
