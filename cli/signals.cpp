#include "cli/signals.h"

#include <csignal>
#include <initializer_list>

namespace rackrace {
namespace {

volatile std::sig_atomic_t signal_received = 0;  // handlers can set nothing else

}  // namespace

SignalGuard::SignalGuard() {
    signal_received = 0;
    for (int number : {SIGINT, SIGTERM}) std::signal(number, [](int received) { signal_received = received; });
    std::signal(SIGXFSZ, SIG_IGN);
}

SignalGuard::~SignalGuard() {
    for (int number : {SIGINT, SIGTERM, SIGXFSZ}) std::signal(number, SIG_DFL);
}

int received_signal() { return signal_received; }

ExitCode interruption() { return signal_received == SIGTERM ? ExitCode::terminated : ExitCode::interrupted; }

}  // namespace rackrace
