/** The mark: two lanes that one agreement joins. */
export function Logo() {
  return (
    <svg class="logo" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" class="logo-ground" />
      <path d="M9 7v18M23 7v18M9 16h14" class="logo-lanes" />
      <circle cx="16" cy="16" r="3.6" class="logo-point" />
    </svg>
  );
}
