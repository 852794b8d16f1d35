using System.Globalization;
using System.Security.Cryptography;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>Makes run ids.</summary>
public static class RunId
{
    /// <summary>A new id: the start to the millisecond, so that ids sort by time, and four random hex digits.</summary>
    /// <param name="startedAt">When the run began (UTC).</param>
    /// <returns>For example <c>20260630T041500123-9f3c</c>.</returns>
    public static string Create(DateTime startedAt) =>
        $"{startedAt.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
}
