/** The files that may be in the package. */
export const SHIPPED =
	/^(package\.json|README\.md|LICENSE\.md|dist\/(nodes|credentials)\/.+\.(js|svg|node\.json))$/;
