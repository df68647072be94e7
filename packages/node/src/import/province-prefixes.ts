/**
 * First two digits of GB/T 2260 that are assigned to a province, an autonomous region, a municipality or a special
 * region. Everything else was never given to a person or a firm.
 */
export const provincePrefixes: ReadonlySet<string> = new Set([
  ...['11', '12', '13', '14', '15'], // Beijing, Tianjin, Hebei, Shanxi, Inner Mongolia
  ...['21', '22', '23'], // Liaoning, Jilin, Heilongjiang
  ...['31', '32', '33', '34', '35', '36', '37'], // Shanghai, Jiangsu, Zhejiang, Anhui, Fujian, Jiangxi, Shandong
  ...['41', '42', '43', '44', '45', '46'], // Henan, Hubei, Hunan, Guangdong, Guangxi, Hainan
  ...['50', '51', '52', '53', '54'], // Chongqing, Sichuan, Guizhou, Yunnan, Tibet
  ...['61', '62', '63', '64', '65'], // Shaanxi, Gansu, Qinghai, Ningxia, Xinjiang
  ...['71', '81', '82', '83'], // Taiwan; residence permits of Hong Kong (81), Macao (82) and Taiwan (83) residents
]);

/** Unassigned for good, and therefore the mark of a synthetic subject. */
export const testPrefix = '99';
