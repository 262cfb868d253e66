import type { Vocabulary } from './vocabulary.ts';

/** RouterOS; limits and rates count from the router: received is what the citizen sends. */
const mikrotik: Vocabulary = {
  vendor: 14988,
  entries: [
    [1, 'Mikrotik-Recv-Limit', 'integer'],
    [2, 'Mikrotik-Xmit-Limit', 'integer'],
    [3, 'Mikrotik-Group', 'text'],
    [4, 'Mikrotik-Wireless-Forward', 'integer'],
    [5, 'Mikrotik-Wireless-Skip-Dot1x', 'integer'],
    [6, 'Mikrotik-Wireless-Enc-Algo', 'integer'],
    [7, 'Mikrotik-Wireless-Enc-Key', 'secret'],
    [8, 'Mikrotik-Rate-Limit', 'text'],
    [9, 'Mikrotik-Realm', 'text'],
    [10, 'Mikrotik-Host-IP', 'address'],
    [11, 'Mikrotik-Mark-Id', 'text'],
    [12, 'Mikrotik-Advertise-URL', 'text'],
    [13, 'Mikrotik-Advertise-Interval', 'integer'],
    [14, 'Mikrotik-Recv-Limit-Gigawords', 'integer'],
    [15, 'Mikrotik-Xmit-Limit-Gigawords', 'integer'],
    [16, 'Mikrotik-Wireless-PSK', 'secret'],
    [17, 'Mikrotik-Total-Limit', 'integer'],
    [18, 'Mikrotik-Total-Limit-Gigawords', 'integer'],
    [19, 'Mikrotik-Address-List', 'text'],
    [20, 'Mikrotik-Wireless-MPKey', 'secret'],
    [21, 'Mikrotik-Wireless-Comment', 'text'],
    [22, 'Mikrotik-Delegated-IPv6-Pool', 'text'],
    [23, 'Mikrotik-DHCP-Option-Set', 'text'],
    [24, 'Mikrotik-DHCP-Option-Param-STR1', 'text'],
    [25, 'Mikrotik-DHCP-Option-Param-STR2', 'text'],
    [26, 'Mikrotik-Wireless-VLANID', 'integer'],
    [27, 'Mikrotik-Wireless-VLANID-Type', 'integer', { 0: '802.1q', 1: '802.1ad' }],
    [28, 'Mikrotik-Wireless-Minsignal', 'text'],
    [29, 'Mikrotik-Wireless-Maxsignal', 'text'],
    [30, 'Mikrotik-Switching-Filter', 'text'],
  ],
};

/** The Wi-Fi Alliance's roaming attributes; bandwidths in bit/s. */
const wispr: Vocabulary = {
  vendor: 14122,
  entries: [
    [1, 'WISPr-Location-ID', 'text'],
    [2, 'WISPr-Location-Name', 'text'],
    [3, 'WISPr-Logoff-URL', 'text'],
    [4, 'WISPr-Redirection-URL', 'text'],
    [5, 'WISPr-Bandwidth-Min-Up', 'integer'],
    [6, 'WISPr-Bandwidth-Min-Down', 'integer'],
    [7, 'WISPr-Bandwidth-Max-Up', 'integer'],
    [8, 'WISPr-Bandwidth-Max-Down', 'integer'],
    [9, 'WISPr-Session-Terminate-Time', 'text'],
    [10, 'WISPr-Session-Terminate-End-Of-Day', 'text'],
    [11, 'WISPr-Billing-Class-Of-Service', 'text'],
  ],
};

/** CoovaChilli; bandwidths in kbit/s, Input is what the citizen sends. */
const chillispot: Vocabulary = {
  vendor: 14559,
  entries: [
    [1, 'ChilliSpot-Max-Input-Octets', 'integer'],
    [2, 'ChilliSpot-Max-Output-Octets', 'integer'],
    [3, 'ChilliSpot-Max-Total-Octets', 'integer'],
    [4, 'ChilliSpot-Bandwidth-Max-Up', 'integer'],
    [5, 'ChilliSpot-Bandwidth-Max-Down', 'integer'],
    [6, 'ChilliSpot-Config', 'text'],
    [7, 'ChilliSpot-Lang', 'text'],
    [8, 'ChilliSpot-Version', 'text'],
    [9, 'ChilliSpot-OriginalURL', 'text'],
    [15, 'ChilliSpot-Session-State', 'integer'],
    [21, 'ChilliSpot-Max-Input-Gigawords', 'integer'],
    [22, 'ChilliSpot-Max-Output-Gigawords', 'integer'],
    [23, 'ChilliSpot-Max-Total-Gigawords', 'integer'],
    [100, 'ChilliSpot-UAM-Allowed', 'text'],
    [101, 'ChilliSpot-MAC-Allowed', 'text'],
    [102, 'ChilliSpot-Interval', 'integer'],
  ],
};

export const vendors: readonly Vocabulary[] = [mikrotik, wispr, chillispot];
