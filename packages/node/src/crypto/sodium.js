import untyped from 'sodium-native';
export const sodium = untyped;
//# sourceMappingURL=sodium.js.map