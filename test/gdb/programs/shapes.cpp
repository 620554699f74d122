// Names that hold blanks, commas, brackets and parentheses: templates, operators, lambdas, std::function.
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace shapes {
namespace {

struct Abort {
    void operator()(const std::string &why, int code) const
    {
        if (code > 0)
            std::abort();
        (void)why;
    }
};

template <typename T, int Size>
struct Box {
    T item;
    Box &operator<<(int by)
    {
        Abort()("because, (of) \"this\"", static_cast<int>(item) + by + Size);
        return *this;
    }
    bool operator<(const Box &other) const
    {
        Box copy(*this);
        copy << 3;
        return copy.item < other.item;
    }
    operator std::map<std::string, std::vector<T>>() const
    {
        return {{*this < *this ? "less" : "not less", {item}}};
    }
};

template <typename... Arguments>
int call(const std::function<int(int, const std::vector<int> &)> &function, Arguments... arguments)
{
    return function(static_cast<int>(sizeof...(arguments)), {1, 2, 3});
}

}  // namespace
}  // namespace shapes

int main()
{
    auto inside = [](auto number) {
        std::map<std::string, std::vector<long>> map = shapes::Box<long, 7>{number};
        return static_cast<int>(map.size());
    };
    return shapes::call([&inside](int count, const std::vector<int> &) { return inside(count); }, 1, 'x', "s");
}
