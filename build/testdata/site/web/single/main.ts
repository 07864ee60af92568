/** The page as one file. */
void import("../page/main");
