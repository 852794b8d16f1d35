using System.Net;
using System.Net.Sockets;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>An IP address of version 6.</summary>
internal sealed class IpV6Detector : IValueDetector
{
    private const int ShortestWithPrefix = 6;

    public PiiKind Kind => PiiKind.IpAddress;

    public double Chance => 1e-3;

    // What the library also takes, such as brackets, ports and zones, is no address by itself; ::1 is that of no person.
    public ValueMatch Look(string value) =>
        value.Length is >= ShortestWithPrefix and <= 45 && value.AsSpan().Count(':') >= 2 && !value.AsSpan().ContainsAny('[', '%', '/')
            && IPAddress.TryParse(value, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? ValueMatch.Match
            : ValueMatch.None;
}
