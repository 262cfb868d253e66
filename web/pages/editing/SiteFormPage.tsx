import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { Site } from '../../../core/contract/sites.ts';
import { SITE_KINDS, SITE_STATUSES, type SiteKind, type SiteStatus } from '../../../core/domain/site.ts';
import { createSite, deleteSite, updateSite } from '../../api/inventory.ts';
import { regionQuery, siteQuery } from '../../api/queries.ts';
import { useInventoryChanged } from '../../components/inventory-changed.ts';
import { tellSaved } from '../../components/saved/saved.ts';
import { TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { EditFrame } from './EditFrame.tsx';
import { FormPage } from './FormPage.tsx';
import { ChoiceField, NumberField, TextField } from './fields.tsx';
import { PinMap } from './PinMap.tsx';
import { RetireButton } from './RetireButton.tsx';
import { useEditTexts } from './texts.ts';
import { useThing } from './use-thing.ts';

type Fields = {
  readonly code: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly status: SiteStatus;
  readonly regionCode: string;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly address: string | null;
  readonly contact: string | null;
};

const USUAL: Omit<Fields, 'regionCode'> = {
  code: '',
  name: '',
  kind: 'village-office',
  status: 'active',
  lat: null,
  lng: null,
  address: null,
  contact: null,
};

const fieldsOf = ({ code, name, kind, status, regionCode, lat, lng, address, contact }: Site): Fields => ({
  code,
  name,
  kind,
  status,
  regionCode,
  lat,
  lng,
  address,
  contact,
});

function SiteForm({ site, regionCode }: { readonly site: Site | null; readonly regionCode: string }) {
  const { e, t } = useEditTexts();
  const navigate = useNavigate();
  const inventoryChanged = useInventoryChanged();
  const current: Fields = site === null ? { ...USUAL, regionCode } : fieldsOf(site);
  const toSite = (id: string) => navigate({ to: '/sites/$siteId', params: { siteId: id } });
  const toList = () => navigate({ to: '/sites' });
  const leave = () => void (site === null ? toList() : toSite(site.id));
  const form = useThing<Fields, Site>({
    kind: 'site',
    id: site?.id ?? null,
    current,
    queryKey: siteQuery(site?.id ?? '').queryKey,
    shown: (values) => values,
    create: (body) => createSite({ body }),
    update: (siteId, body) => updateSite({ params: { siteId }, body }),
    remove: (siteId) => deleteSite({ params: { siteId } }),
    toThing: ({ id }) => toSite(id),
    toList,
  });
  const { values, bind, set } = form;
  const region = useQuery({ ...regionQuery(values.regionCode), enabled: values.regionCode !== '' }).data;
  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–';
    if (field === 'kind') return t.siteKind[value as SiteKind];
    if (field === 'status') return t.siteStatus[value as SiteStatus];
    return String(value);
  };
  return (
    <EditFrame
      form={form}
      current={current}
      show={show}
      onCancel={leave}
      ending={
        site !== null &&
        site.status !== 'retired' && (
          <RetireButton
            text={e.site.retire}
            question={e.site.retireSure}
            retire={() =>
              updateSite({
                params: { siteId: site.id },
                body: { status: 'retired', expected: { status: site.status } },
              })
            }
            onDone={async () => {
              tellSaved(e.site.retired(site.name), () =>
                updateSite({
                  params: { siteId: site.id },
                  body: { status: site.status, expected: { status: 'retired' } },
                }),
              );
              leave();
              await inventoryChanged();
            }}
          />
        )
      }
    >
      <div className="edit-columns">
        <div className="edit-column">
          <TextField {...bind('name')} most={200} isRequired />
          <div className="edit-pair">
            <TextField {...bind('code')} most={80} isRequired isMono hint={e.hint.code} />
            <ChoiceField {...bind('kind')} options={SITE_KINDS.map((value) => ({ value, text: t.siteKind[value] }))} />
          </div>
          <ChoiceField
            {...bind('status')}
            options={SITE_STATUSES.map((value) => ({ value, text: t.siteStatus[value] }))}
          />
          <TargetPicker
            label={e.field['regionCode'] ?? ''}
            kinds={['region']}
            isSingle
            chosen={
              values.regionCode === ''
                ? []
                : [{ kind: 'region', id: values.regionCode, name: region?.name ?? values.regionCode }]
            }
            onChange={([chosen]) => set({ regionCode: chosen?.id ?? '' })}
          />
          <TextField {...bind('address')} most={500} isLong />
          <TextField {...bind('contact')} most={200} />
        </div>
        <div className="edit-column">
          <PinMap
            place={values.lat === null || values.lng === null ? null : { lat: values.lat, lng: values.lng }}
            regionCode={values.regionCode}
            onChange={(place) => set({ lat: place?.lat ?? null, lng: place?.lng ?? null })}
          />
          <div className="edit-pair">
            <NumberField {...bind('lat')} least={-90} most={90} />
            <NumberField {...bind('lng')} least={-180} most={180} />
          </div>
        </div>
      </div>
    </EditFrame>
  );
}

/** `/sites/new`, within the region whose screen led here, and `/sites/$siteId/edit`. */
export function SiteFormPage() {
  const { t } = useEditTexts();
  const { siteId } = useParams({ strict: false });
  const { region = '' } = useSearch({ strict: false });
  const query = useQuery({ ...siteQuery(siteId ?? ''), enabled: siteId !== undefined });
  return (
    <FormPage kind="site" what={t.sites.column.name} isNew={siteId === undefined} query={query}>
      {(site) => <SiteForm key={site?.id} site={site} regionCode={site?.regionCode ?? region} />}
    </FormPage>
  );
}
