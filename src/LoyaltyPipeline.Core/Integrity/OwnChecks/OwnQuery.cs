namespace LoyaltyPipeline.Core.Integrity.OwnChecks;
internal static class OwnQuery { public static bool TryRead(string text, out string query, out string reason) { query = text; reason = ""; return true; } }
