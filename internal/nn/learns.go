package nn

import "runtime"

// learns says whether this program may train networks. The page's does not, and is linked
// without what only training needs.
const learns = runtime.GOOS != "js"
