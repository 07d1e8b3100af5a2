// A window of no screen: what is drawn is thrown away, keys and clicks are sent by whoever tests.
#pragma once

namespace rackrace {

class NullWindow {
public:
    NullWindow(int width, int height);
    ~NullWindow();
    NullWindow(const NullWindow&) = delete;
    NullWindow& operator=(const NullWindow&) = delete;
    void begin_frame();
    void end_frame();

private:
    int width_, height_;
};

}  // namespace rackrace
