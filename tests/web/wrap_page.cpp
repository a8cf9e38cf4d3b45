// Wraps documents that tests make in the page that the program carries: pensim_wrap_page
// DOCUMENT.json PAGE.html.
#include <iostream>

#include "sim/input/file.hpp"
#include "sim/web/page.hpp"

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: pensim_wrap_page DOCUMENT.json PAGE.html\n";
        return 2;
    }
    auto const document = pensim::input::read_file(arguments[1]);
    if (!document) {
        std::cerr << arguments[1] << ": cannot be read\n";
        return 2;
    }
    pensim::input::write_file(arguments[2], pensim::web::html_page(*document, "Test", "en"));
    return 0;
}
