using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Core.Dashboard;

/// <summary>What a dashboard shows and where it goes.</summary>
/// <param name="Path">The full path of the file; one that is there is replaced.</param>
/// <param name="Days">How many days it shows, up to the newest written one.</param>
/// <param name="Destination">Where it is stored besides, under the name of the file: a folder by its full path, or
/// <c>s3://bucket/prefix</c>; null for nowhere.</param>
/// <param name="S3">How the S3 server is reached.</param>
/// <param name="LockWait">How long to wait for a process that has the warehouse open; null for not at all.</param>
public sealed record DashboardOptions(
    string Path, int Days = 90, string? Destination = null, S3Settings? S3 = null, LockWait? LockWait = null);
