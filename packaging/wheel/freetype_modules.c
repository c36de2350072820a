/* FreeType with the modules that one kind of font needs: TrueType outlines, drawn smooth and without hints. Its documentation (docs/CUSTOMIZE) has a
   program choose modules by functions of its own in the place of ftinit.o. */
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H

extern FT_Memory FT_New_Memory(void);
extern void FT_Done_Memory(FT_Memory memory);
extern const FT_Module_Class tt_driver_class, psnames_module_class, sfnt_module_class, ft_smooth_renderer_class;

FT_Error FT_Init_FreeType(FT_Library* library) {
  const FT_Module_Class* modules[] = {&tt_driver_class, &psnames_module_class, &sfnt_module_class, &ft_smooth_renderer_class};
  FT_Memory memory = FT_New_Memory();
  if (!memory) return FT_Err_Out_Of_Memory;
  FT_Error error = FT_New_Library(memory, library);
  if (error) {
    FT_Done_Memory(memory);
    return error;
  }
  for (unsigned i = 0; i < sizeof modules / sizeof *modules && !error; ++i) error = FT_Add_Module(*library, modules[i]);
  return error;
}

FT_Error FT_Done_FreeType(FT_Library library) {
  if (!library) return FT_Err_Invalid_Library_Handle;
  FT_Memory memory = *(FT_Memory*)library; /* its first member (internal/ftobjs.h) */
  FT_Done_Library(library);
  FT_Done_Memory(memory);
  return 0;
}
